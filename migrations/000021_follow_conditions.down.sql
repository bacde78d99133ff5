BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.deadlines(date, date);
DROP POLICY deadlines ON portal.assessment;
DROP FUNCTION ctx.funding(uuid);
DROP TABLE portal.funding;
DROP TABLE portal.condition;
DROP FUNCTION portal.condition_hands();
COMMIT;
