BEGIN;
SET LOCAL ROLE portal_owner;
DROP TRIGGER competent ON portal.service_body;
DROP FUNCTION portal.remember_competence();
DROP TABLE portal.competence_history;
COMMIT;
