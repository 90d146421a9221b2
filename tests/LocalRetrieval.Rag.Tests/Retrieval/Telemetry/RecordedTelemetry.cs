using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LocalRetrieval.Rag.Tests.Retrieval.Telemetry;

/// <summary>Keeps the activities of one source that belong to this test, and the measurements of its meter.</summary>
internal sealed class RecordedTelemetry : IDisposable
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements = new();
    private readonly Activity _parent = new Activity("test").Start();

    public RecordedTelemetry(string source)
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = listened => listened.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _parent.TraceId)
                {
                    Activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _measurements.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == source)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _measurements.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measurements.Enqueue((instrument, value, tags.ToArray())));
        _measurements.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measurements.Enqueue((instrument, value, tags.ToArray())));
        _measurements.Start();
    }

    /// <summary>In the order in which they stopped.</summary>
    public ConcurrentQueue<Activity> Activities { get; } = [];

    /// <summary>Those of other tests too, where the source is the default one.</summary>
    public ConcurrentQueue<(Instrument Instrument, double Value, KeyValuePair<string, object?>[] Tags)> Measurements { get; } = [];

    public Activity Retrieval => Activities.Single(activity => activity.OperationName == "retrieval");

    /// <summary>What stands in activities, names and tags, as one text.</summary>
    public string Text => string.Join('\n', Activities.Select(activity =>
        $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(told => told.Tags))}"));

    public void Dispose()
    {
        _activities.Dispose();
        _measurements.Dispose();
        _parent.Dispose();
    }
}
