using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>One retrieval as telemetry sees it: the outermost retriever that tells of it opens it, and all stages within belong to it.</summary>
internal sealed class RetrievalOperation
{
    private static readonly AsyncLocal<RetrievalOperation?> Scope = new();

    private RetrievalOperation(RagTelemetry telemetry) => Telemetry = telemetry;

    /// <summary>The retrieval that the running code works for, or null.</summary>
    public static RetrievalOperation? Current => Scope.Value;

    public RagTelemetry Telemetry { get; }

    /// <summary>The names of the collections that are searched; null until that is known.</summary>
    public string? DataSource { get; set; }

    /// <summary>What the calling method goes on to run is of no retrieval.</summary>
    public static void Leave() => Scope.Value = null;

    /// <summary>How many passages are asked for; null until that is known.</summary>
    public int? Top { get; set; }

    /// <summary>Runs a retrieval within the one that is under way, or as one of its own.</summary>
    public static Task<TResult> RunAsync<TResult>(RagTelemetry telemetry, RetrievalDetails details, Func<Task<TResult>> run)
        where TResult : RetrievalResult => Current is null ? StartAsync(telemetry, details, run) : run();

    private static async Task<TResult> StartAsync<TResult>(RagTelemetry telemetry, RetrievalDetails details, Func<Task<TResult>> run)
        where TResult : RetrievalResult
    {
        RetrievalOperation operation = new(telemetry) { DataSource = details.DataSource };
        Scope.Value = operation;
        using Activity? activity = details.Start(telemetry.Source);
        long start = Stopwatch.GetTimestamp();
        Exception? failure = null;
        try
        {
            TResult result = await run().ConfigureAwait(false);
            details.Describe(activity, result);
            return result;
        }
        catch (Exception exception)
        {
            failure = exception;
            RagTelemetry.Fail(activity, exception);
            throw;
        }
        finally
        {
            details.DataSource = operation.DataSource;
            details.Name(activity, operation.Top);
            telemetry.RecordOperation(Stopwatch.GetElapsedTime(start), operation.DataSource, failure);
        }
    }
}
