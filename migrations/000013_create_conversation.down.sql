BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.help;
DROP TABLE portal.question_seen;
DROP TABLE portal.question_post;
DROP TABLE portal.question;
COMMIT;
