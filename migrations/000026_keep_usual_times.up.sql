BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.usual_time (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  key text NOT NULL,
  days int NOT NULL CHECK (days >= 0),
  PRIMARY KEY (land_id, key),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.usual_time IS 'How many working days of their own the bodies of a Land needed for a step: the median, once five of them have finished one. Counted once a day; it tells of no single body.';
COMMENT ON COLUMN portal.usual_time.org_id IS 'the coordination that it is counted for';
CALL portal.wall('portal.usual_time');
CREATE POLICY readers ON portal.usual_time FOR SELECT USING ((SELECT ctx.scope()) IN ('land', 'body'));
CREATE POLICY land_adds ON portal.usual_time FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_edits ON portal.usual_time FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_removes ON portal.usual_time FOR DELETE USING ((SELECT ctx.scope()) = 'land');
GRANT SELECT, INSERT, UPDATE (days, org_id), DELETE ON portal.usual_time TO portal_app;

-- It read all steps of a Land whenever somebody opened a start page.
DROP FUNCTION ctx.usual_days(text[]);
COMMIT;
