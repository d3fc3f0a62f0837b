-- A document may have no blob: that of a file which could not be taken in. SQLite cannot take NOT NULL off a column, so the table is made anew.
CREATE TABLE document_anew (
    id           BLOB PRIMARY KEY,
    parent       BLOB,
    blob         BLOB,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,
    path         TEXT NOT NULL,
    given_title  TEXT,
    organisation TEXT NOT NULL,
    source       TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    marking      TEXT,
    handling     TEXT,
    imported_at  INTEGER NOT NULL,
    removed      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO document_anew SELECT * FROM document;
DROP TABLE document;
ALTER TABLE document_anew RENAME TO document;
CREATE INDEX document_by_bytes ON document (sha256, organisation, path);
CREATE INDEX document_by_parent ON document (parent);
CREATE INDEX document_by_time ON document (removed, imported_at, id);
