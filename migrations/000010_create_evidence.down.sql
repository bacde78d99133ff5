BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.evidence_chunk;
DROP TABLE portal.evidence;
COMMIT;
