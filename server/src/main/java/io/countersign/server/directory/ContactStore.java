package io.countersign.server.directory;

import io.countersign.server.directory.Contacts.Contact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The addresses of active people. */
@Repository
class ContactStore {

    private final JdbcClient sql;

    ContactStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Contact> holders(String orgId, String roleId) {
        return sql.sql("""
                        SELECT p.person_id, p.handle, p.name, p.email
                          FROM person p
                          JOIN role_holder h ON h.org_id = p.org_id AND h.holder_id = p.person_id
                         WHERE p.org_id = :org AND h.role_id = :role AND p.active AND p.deleted_at IS NULL
                         ORDER BY p.handle
                        """)
                .param("org", orgId)
                .param("role", roleId)
                .query(ContactStore::contact)
                .list();
    }

    Optional<Contact> person(String orgId, String personId) {
        return sql.sql("""
                        SELECT person_id, handle, name, email FROM person
                         WHERE org_id = :org AND person_id = :id AND active AND deleted_at IS NULL
                        """)
                .param("org", orgId)
                .param("id", personId)
                .query(ContactStore::contact)
                .optional();
    }

    private static Contact contact(ResultSet row, int number) throws SQLException {
        return new Contact(
                row.getString("person_id"), row.getString("handle"), row.getString("name"), row.getString("email"));
    }
}
