-- The glossary. Each record is kept whole, as JSON; beside it stands only what it is looked up by.
CREATE TABLE scheme (
    id     BLOB PRIMARY KEY,
    record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE concept (
    id     BLOB PRIMARY KEY,
    scheme BLOB NOT NULL,
    record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_of_scheme ON concept (scheme);
CREATE TABLE term (
    id        BLOB PRIMARY KEY,
    concept   BLOB NOT NULL,
    form      TEXT NOT NULL,
    preferred INTEGER NOT NULL,
    record    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX term_of_concept ON term (concept);
CREATE TABLE concept_mapping (
    id     BLOB PRIMARY KEY,
    record TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last word of each organisation on a mapping. Of a mapping that was dropped they are outside the case.
CREATE TABLE review (
    mapping      BLOB NOT NULL,
    organisation TEXT NOT NULL,
    record       TEXT NOT NULL,
    PRIMARY KEY (mapping, organisation)
) STRICT, WITHOUT ROWID;

-- What a person said of the sense of a word where it stands.
CREATE TABLE fixed_sense (
    document BLOB NOT NULL,
    page     INTEGER NOT NULL,
    begins   INTEGER NOT NULL,
    ends     INTEGER NOT NULL,
    quote    TEXT NOT NULL,
    concept  BLOB NOT NULL,
    PRIMARY KEY (document, page, begins, ends)
) STRICT, WITHOUT ROWID;

-- Words whose senses changed since the index was last told: the documents that hold one are to be indexed again. As `unindexed`, it says
-- what the search index lacks, not what is known.
CREATE TABLE changed_word (
    word TEXT PRIMARY KEY,
    mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
