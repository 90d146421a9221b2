using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LocalRetrieval.Testing;

/// <summary>Listens to activities and measurements, as exporters do.</summary>
public sealed class Listeners : IDisposable
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements;

    /// <param name="name">The source and meter; null for all of the process.</param>
    /// <param name="stopped">Takes each activity that stops, on any thread.</param>
    /// <param name="measured">Takes each measurement, on any thread.</param>
    public Listeners(string? name, Action<Activity> stopped, Action<Instrument, double, KeyValuePair<string, object?>[]> measured)
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => name is null || source.Name == name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(_activities);
        _measurements = new MeterListener { InstrumentPublished = (instrument, listener) => { if (name is null || instrument.Meter.Name == name) listener.EnableMeasurementEvents(instrument); } };
        _measurements.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured(instrument, value, tags.ToArray()));
        _measurements.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured(instrument, value, tags.ToArray()));
        _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured(instrument, value, tags.ToArray()));
        _measurements.Start();
    }

    public void Dispose()
    {
        _activities.Dispose();
        _measurements.Dispose();
    }
}
