namespace LocalRetrieval.Rag;

/// <summary>Runs the stages of one retrieval, each as an activity, and keeps their times.</summary>
/// <remarks>Safe for concurrent use. A stage that runs twice, to find and then to score what others found, has one time: the sum.</remarks>
internal sealed class StageRunner
{
    private readonly RagTelemetry _telemetry = RetrievalOperation.Current?.Telemetry ?? RagTelemetry.Default;
    private readonly Lock _lock = new();
    private readonly List<(string Stage, TimeSpan Elapsed)> _timings = [];

    /// <summary>The stages' times, in the order in which the stages started.</summary>
    public IReadOnlyList<StageTiming> Timings
    {
        get
        {
            lock (_lock)
            {
                return [.. _timings.Select(timing => new StageTiming { Stage = timing.Stage, Elapsed = timing.Elapsed })];
            }
        }
    }

    /// <summary>Runs a stage, or a part of one.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="count">Counts the candidates that it gave; null where it gives none.</param>
    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> run, Func<T, int>? count = null)
    {
        int index = Start(stage);
        using StageActivity activity = new(stage, _telemetry);

        // A retriever that a stage asks is another retrieval.
        RetrievalOperation.Leave();
        try
        {
            T result = await run().ConfigureAwait(false);
            activity.Count(count?.Invoke(result));
            return result;
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
        finally
        {
            TimeSpan elapsed = activity.Stop();
            lock (_lock)
            {
                _timings[index] = (stage, _timings[index].Elapsed + elapsed);
            }
        }
    }

    private int Start(string stage)
    {
        lock (_lock)
        {
            int index = _timings.FindIndex(timing => timing.Stage == stage);
            if (index < 0)
            {
                index = _timings.Count;
                _timings.Add((stage, TimeSpan.Zero));
            }

            return index;
        }
    }
}
