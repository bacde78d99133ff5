package postgres_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/postgres"
)

// TestIDsTravelAsTheyAre: on their own, in lists, missing, and as the text that some statements make of them.
func TestIDsTravelAsTheyAre(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	one, other := uuid.New(), uuid.New()
	var got struct {
		One, Nothing uuid.UUID
		Maybe        *uuid.UUID
		List         []uuid.UUID
		Gaps         []*uuid.UUID
		Text         string
	}
	err := w.DB.Read(t.Context(), w.As(t, "land"), access.HomeView, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT @one::uuid, NULL::uuid, @maybe::uuid, @list::uuid[], ARRAY[@one::uuid, NULL], @one::uuid::text`,
			pgx.StrictNamedArgs{"one": one, "maybe": (*uuid.UUID)(nil), "list": []uuid.UUID{one, other}}).
			Scan(&got.One, &got.Nothing, &got.Maybe, &got.List, &got.Gaps, &got.Text)
	})
	if err != nil {
		t.Fatal(err)
	}
	written := func(how any) (sent, found uuid.UUID, err error) {
		err = w.DB.Read(t.Context(), w.As(t, "land"), access.HomeView, func(tx *postgres.Tx) error {
			return tx.QueryRow(t.Context(), `SELECT @one::uuid, '`+other.String()+`'::uuid`, how, pgx.StrictNamedArgs{"one": one}).Scan(&sent, &found)
		})
		return sent, found, err
	}
	for name, how := range map[string]any{"answers as text": pgx.QueryResultFormats{pgx.TextFormatCode}, "all as text": pgx.QueryExecModeSimpleProtocol} {
		if sent, found, err := written(how); err != nil || sent != one || found != other {
			t.Errorf("%s: %v and %v, %v", name, sent, found, err)
		}
	}
	if got.One != one || got.Nothing != uuid.Nil || got.Maybe != nil || got.Text != one.String() {
		t.Errorf("%v came back as %+v", one, got)
	}
	if len(got.List) != 2 || got.List[1] != other || len(got.Gaps) != 2 || got.Gaps[0] == nil || *got.Gaps[0] != one || got.Gaps[1] != nil {
		t.Errorf("lists came back as %v and %v", got.List, got.Gaps)
	}
}
