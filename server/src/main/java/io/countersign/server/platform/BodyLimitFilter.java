package io.countersign.server.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a call whose body is larger than the limit, and keeps the bytes of the body while they are read. */
final class BodyLimitFilter extends OncePerRequestFilter {

    private static final String BYTES = BodyLimitFilter.class.getName();

    private final long limit;

    BodyLimitFilter(long limit) {
        this.limit = limit;
    }

    /** What has been read of the call's body so far. */
    static byte[] body(HttpServletRequest request) {
        return request.getAttribute(BYTES) instanceof ByteArrayOutputStream read ? read.toByteArray() : new byte[0];
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            ProblemWriter.write(request, response, new TooLarge(limit).problem());
            return;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        request.setAttribute(BYTES, kept);
        chain.doFilter(new Limited(request, limit, kept), response);
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

    /** A call whose body is counted and kept. */
    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;
        private final ByteArrayOutputStream kept;

        Limited(HttpServletRequest request, long limit, ByteArrayOutputStream kept) {
            super(request);
            this.limit = limit;
            this.kept = kept;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit, kept);
        }
    }

    /** A body that ends with an error after so many bytes. */
    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private final long limit;
        private final ByteArrayOutputStream kept;
        private long count;

        Counted(ServletInputStream body, long limit, ByteArrayOutputStream kept) {
            this.body = body;
            this.limit = limit;
            this.kept = kept;
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
                kept.write(bytes, offset, read);
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
