package io.countersign.server.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a call whose body is larger than the limit, and takes the fingerprint of the body while it is read. */
final class BodyLimitFilter extends OncePerRequestFilter {

    private static final String DIGEST = BodyLimitFilter.class.getName();

    private final long limit;

    BodyLimitFilter(long limit) {
        this.limit = limit;
    }

    /** SHA-256 of what has been read of the call's body so far. */
    static String bodyHash(HttpServletRequest request) {
        if (!(request.getAttribute(DIGEST) instanceof MessageDigest digest)) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException everyJavasSha256Does) {
            throw new IllegalStateException(everyJavasSha256Does);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            ProblemWriter.write(request, response, new TooLarge(limit).problem());
            return;
        }
        MessageDigest digest = sha256();
        request.setAttribute(DIGEST, digest);
        chain.doFilter(new Limited(request, limit, digest), response);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The body went over the limit while it was read. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        private final long limit;

        TooLarge(long limit) {
            super("the body is larger than " + limit + " bytes");
            this.limit = limit;
        }

        Problem problem() {
            return Problem.of(413, "body-too-large", "the body is larger than " + limit + " bytes")
                    .remedy("send less, or raise countersign.server.body-limit");
        }
    }

    /** A call whose body is counted and fingerprinted. */
    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;
        private final MessageDigest digest;

        Limited(HttpServletRequest request, long limit, MessageDigest digest) {
            super(request);
            this.limit = limit;
            this.digest = digest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit, digest);
        }
    }

    /** A body that ends with an error after so many bytes. */
    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private final long limit;
        private final MessageDigest digest;
        private long count;

        Counted(ServletInputStream body, long limit, MessageDigest digest) {
            this.body = body;
            this.limit = limit;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = body.read(bytes, offset, length);
            if (read > 0) {
                count += read;
                if (count > limit) {
                    throw new TooLarge(limit);
                }
                digest.update(bytes, offset, read);
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
