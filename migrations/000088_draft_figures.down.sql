BEGIN;
SET LOCAL ROLE portal_owner;
DELETE FROM auth.person_column WHERE tab = 'portal.assessment_draft'::regclass;
DROP TABLE portal.assessment_draft;
COMMIT;
