BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.land_of_mail(uuid);
ALTER TABLE portal.mail DROP COLUMN returned_at;
COMMIT;
