BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.open_calendar(bytea, timestamptz), ctx.close_calendar(), ctx.calendar_opened(), ctx.due_dates(bytea);
DROP TABLE auth.calendar;
COMMIT;
