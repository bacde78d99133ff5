BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.usual_days(text[]), portal.workdays(date, date);
ALTER TABLE portal.onboarding DROP COLUMN confirmed_at;
DROP TABLE portal.waiting;
COMMIT;
