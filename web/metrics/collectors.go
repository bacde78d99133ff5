package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"rollinportal/internal/operation"
	"rollinportal/internal/postgres"
)

var (
	connectionsDesc = prometheus.NewDesc("portal_db_connections", "Connections to the database, by pool and state.", []string{"state"}, nil)
	waitsDesc       = prometheus.NewDesc("portal_db_waits_total", "How often somebody had to wait for a connection.", nil, nil)
	waitedDesc      = prometheus.NewDesc("portal_db_waited_seconds_total", "How long they waited in all.", nil, nil)
	workDesc        = prometheus.NewDesc("portal_work", "Jobs and mails, by state.", []string{"what", "state"}, nil)
)

// connections collects the figures of a pool at each scrape. Which pool it is says the label that it is registered with.
type connections struct{ db *postgres.DB }

func (c connections) Describe(out chan<- *prometheus.Desc) {
	out <- connectionsDesc
	out <- waitsDesc
	out <- waitedDesc
}

func (c connections) Collect(out chan<- prometheus.Metric) {
	now := c.db.Pool()
	for state, n := range map[string]int32{"busy": now.Busy, "idle": now.Idle, "most": now.Most} {
		out <- prometheus.MustNewConstMetric(connectionsDesc, prometheus.GaugeValue, float64(n), state)
	}
	out <- prometheus.MustNewConstMetric(waitsDesc, prometheus.CounterValue, float64(now.Waits))
	out <- prometheus.MustNewConstMetric(waitedDesc, prometheus.CounterValue, now.Waited.Seconds())
}

// workload asks the database at each scrape.
type workload struct{ service *operation.Service }

func (w workload) Describe(out chan<- *prometheus.Desc) { out <- workDesc }

func (w workload) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	found, err := w.service.Workload(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(workDesc, err)
		return
	}
	for _, load := range found {
		out <- prometheus.MustNewConstMetric(workDesc, prometheus.GaugeValue, float64(load.Amount), load.What, load.State)
	}
}
