-- Statements stand in the order in which they were recorded, and only their ids, which are random, in an index: a million rows of a table
-- are then written one after the other, and not each on a page of its own. Withdrawing one touches no index.
CREATE TABLE statement_anew (
    id           BLOB NOT NULL UNIQUE,
    entity       BLOB NOT NULL,
    property     TEXT NOT NULL,
    text         TEXT,
    object       BLOB,
    document     BLOB,
    page         INTEGER,
    begins       INTEGER,
    ends         INTEGER,
    quote        TEXT,
    valid_from   TEXT,
    valid_to     TEXT,
    organisation TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    marking      TEXT,
    grade        TEXT,
    recorded     INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    person       TEXT NOT NULL,
    removed      INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO statement_anew SELECT * FROM statement ORDER BY position, id;
DROP TABLE statement;
ALTER TABLE statement_anew RENAME TO statement;
CREATE INDEX statement_of_entity ON statement (entity);
CREATE INDEX statement_in_document ON statement (document) WHERE document IS NOT NULL;
