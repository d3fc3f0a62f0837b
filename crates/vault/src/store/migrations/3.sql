-- Statements: everything known. An entity is the statements with its id; there is no row of its own for it.
CREATE TABLE statement (
    id           BLOB PRIMARY KEY,
    entity       BLOB NOT NULL,
    property     TEXT NOT NULL,
    -- One of the two: words, or another entity.
    text         TEXT,
    object       BLOB,
    -- The passage it rests on, where it rests on one.
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
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_of_entity ON statement (entity, removed);
CREATE INDEX statement_about ON statement (object) WHERE object IS NOT NULL;
CREATE INDEX statement_in_document ON statement (document) WHERE document IS NOT NULL;

-- Judgements that entities are one, and what follows from those in force: the id that stands for each merged entity.
CREATE TABLE merge (
    id       BLOB PRIMARY KEY,
    reason   TEXT NOT NULL,
    position INTEGER NOT NULL,
    removed  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE merge_member (
    merge  BLOB NOT NULL,
    place  INTEGER NOT NULL,
    entity BLOB NOT NULL,
    PRIMARY KEY (merge, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_of_entity ON merge_member (entity);
CREATE TABLE canonical (
    entity BLOB PRIMARY KEY,
    stands BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX canonical_members ON canonical (stands);

-- Judgements that two entities are not one, the lower id first.
CREATE TABLE distinction (
    one   BLOB NOT NULL,
    other BLOB NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- Identifiers found in the pages: a projection of the blobs, and outside the case. What a person said of them is of the log.
CREATE TABLE suggestion (
    id         BLOB PRIMARY KEY,
    document   BLOB NOT NULL,
    page       INTEGER NOT NULL,
    begins     INTEGER NOT NULL,
    ends       INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    normal     TEXT NOT NULL,
    confidence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX suggestion_in_document ON suggestion (document, page, begins);
CREATE INDEX suggestion_by_value ON suggestion (kind, normal);
CREATE TABLE judgement (
    suggestion BLOB PRIMARY KEY,
    -- None is rejected.
    entity     BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE ignored_value (
    kind   TEXT NOT NULL,
    normal TEXT NOT NULL,
    PRIMARY KEY (kind, normal)
) STRICT, WITHOUT ROWID;

-- Charts, and where entities stand on them, in hundredths of a pixel.
CREATE TABLE chart (
    id          BLOB PRIMARY KEY,
    name        TEXT NOT NULL,
    snapshot_of BLOB,
    settings    TEXT NOT NULL,
    made        INTEGER NOT NULL,
    removed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE chart_item (
    chart  BLOB NOT NULL,
    entity BLOB NOT NULL,
    x      INTEGER NOT NULL,
    y      INTEGER NOT NULL,
    pinned INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    PRIMARY KEY (chart, entity)
) STRICT, WITHOUT ROWID;

-- How the columns of a kind of table become entities and links.
CREATE TABLE mapping (
    id      BLOB PRIMARY KEY,
    name    TEXT NOT NULL,
    columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was chosen for the case as a whole.
CREATE TABLE choice (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
