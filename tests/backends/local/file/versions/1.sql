BEGIN TRANSACTION;
CREATE TABLE claim (
        entity INTEGER NOT NULL,
        property TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (entity, property)
    ) WITHOUT ROWID;
CREATE TABLE edge (
        destination INTEGER NOT NULL,
        source INTEGER NOT NULL,
        type INTEGER,
        created INTEGER,
        created_by INTEGER,
        PRIMARY KEY (destination, source)
    ) WITHOUT ROWID;
INSERT INTO "edge" VALUES(2,1,0,43200000000,3);
CREATE TABLE entity (
        id INTEGER PRIMARY KEY,
        prefix INTEGER NOT NULL,
        key NOT NULL,
        kind INTEGER,
        type INTEGER,
        name TEXT,
        source_prefix INTEGER,
        source TEXT,
        created INTEGER,
        modified INTEGER,
        created_by INTEGER,
        status INTEGER,
        properties TEXT,
        details TEXT,
        ours INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "entity" VALUES(1,1,X'00112233445566778899AABBCCDDEEFF',0,2,'raw',NULL,'s3://bucket/raw.csv',43200000000,0,3,NULL,'{"Rows":"10"}','{"source_types":[["MD5Hash","0"]]}',0);
INSERT INTO "entity" VALUES(2,4,'clean',1,5,NULL,NULL,NULL,43200000000,0,NULL,NULL,NULL,NULL,0);
CREATE TABLE lookup (
        hash INTEGER NOT NULL,
        entity INTEGER NOT NULL,
        PRIMARY KEY (hash, entity)
    ) WITHOUT ROWID;
INSERT INTO "lookup" VALUES(-1699488939,1);
INSERT INTO "lookup" VALUES(-328513497,2);
INSERT INTO "lookup" VALUES(1094011504,1);
INSERT INTO "lookup" VALUES(1318467274,1);
INSERT INTO "lookup" VALUES(1506389268,1);
INSERT INTO "lookup" VALUES(1907404105,2);
CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        key TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (topic, key)
    );
INSERT INTO "note" VALUES(1,'topic','key','text');
CREATE TABLE tally (kind INTEGER PRIMARY KEY, count INTEGER NOT NULL);
INSERT INTO "tally" VALUES(-1,1);
INSERT INTO "tally" VALUES(0,1);
INSERT INTO "tally" VALUES(1,1);
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
INSERT INTO "word" VALUES(1,'arn:aws:sagemaker:local:000000000000:artifact/');
INSERT INTO "word" VALUES(2,'DataSet');
INSERT INTO "word" VALUES(3,'ann');
INSERT INTO "word" VALUES(4,'arn:aws:sagemaker:local:000000000000:action/');
INSERT INTO "word" VALUES(5,'Processing');
CREATE INDEX entity_by_created ON entity (created);
CREATE INDEX edge_by_source ON edge (source);
COMMIT;
