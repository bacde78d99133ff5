BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.mail ADD COLUMN returned_at timestamptz;
COMMENT ON COLUMN portal.mail.returned_at IS 'when a server that had taken the mail reported that it did not arrive';

-- land_of_mail finds whose mail or invitation a delivery report is about: it names a number and no Land.
CREATE FUNCTION ctx.land_of_mail(p_number uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  each_land uuid;
  found_land uuid;
BEGIN
  FOR each_land IN SELECT * FROM ctx.work_laender() LOOP
    PERFORM set_config('app.land_id', each_land::text, true);
    IF EXISTS (SELECT FROM portal.mail m WHERE m.land_id = each_land AND m.mail_id = p_number)
      OR EXISTS (SELECT FROM portal.invitation i WHERE i.land_id = each_land AND i.invitation_id = p_number) THEN
      found_land := each_land;
    END IF;
  END LOOP;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN found_land;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.land_of_mail(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.land_of_mail(uuid) TO portal_worker;
COMMIT;
