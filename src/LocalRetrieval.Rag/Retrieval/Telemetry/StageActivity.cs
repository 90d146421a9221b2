using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>One run of a stage, as telemetry sees it.</summary>
internal sealed class StageActivity : IDisposable
{
    private readonly string _stage;
    private readonly RagTelemetry _telemetry;
    private readonly Activity? _activity;
    private readonly long _start;
    private TimeSpan? _elapsed;
    private int? _candidates;
    private Exception? _failure;

    public StageActivity(string stage, RagTelemetry telemetry)
    {
        _stage = stage;
        _telemetry = telemetry;
        _activity = _telemetry.Source.StartActivity(stage)?.SetTag(RagTelemetry.StageName, stage);
        _start = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends the run.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Stop() => _elapsed ??= Stopwatch.GetElapsedTime(_start);

    /// <summary>Tells how many candidates it gave; null where it gives none.</summary>
    public void Count(int? candidates)
    {
        _candidates = candidates;
        if (candidates is not null)
        {
            _activity?.SetTag(RagTelemetry.CandidateCount, candidates);
        }
    }

    /// <summary>Tells that it failed.</summary>
    public void Fail(Exception exception)
    {
        _failure = exception;
        RagTelemetry.Fail(_activity, exception);
    }

    public void Dispose()
    {
        _telemetry.RecordStage(_stage, Stop(), _candidates, _failure);
        _activity?.Dispose();
    }
}
