BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.event_dates(bytea);
DROP FUNCTION ctx.event_places(uuid[]);
DELETE FROM auth.person_column WHERE tab IN ('portal.event'::regclass, 'portal.event_registration'::regclass);
DROP TABLE portal.event_registration, portal.event_service, portal.event;
COMMIT;
