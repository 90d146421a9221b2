using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>Runs the stages of one retrieval, each as an activity, and keeps their times.</summary>
internal sealed class StageRunner
{
    private readonly List<StageTiming> _timings = [];

    public IReadOnlyList<StageTiming> Timings => _timings;

    public async Task<T> RunAsync<T>(string stage, Func<Task<T>> run)
    {
        using Activity? activity = RagActivities.Source.StartActivity(stage);
        long start = Stopwatch.GetTimestamp();
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            _timings.Add(new StageTiming { Stage = stage, Elapsed = Stopwatch.GetElapsedTime(start) });
        }
    }
}
