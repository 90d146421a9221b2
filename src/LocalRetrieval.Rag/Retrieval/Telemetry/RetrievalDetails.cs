using System.Diagnostics;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>What an activity says of one retrieval.</summary>
/// <param name="query">The query.</param>
/// <param name="top">How many passages the request asks for; null where it does not say.</param>
/// <param name="isSensitive">Whether the texts of query and passages are told.</param>
internal sealed class RetrievalDetails(string query, int? top, bool isSensitive)
{
    /// <summary>The names of the collections, as far as they are known.</summary>
    public string? DataSource { get; set; }

    /// <summary>Starts an activity; null where nobody listens.</summary>
    public Activity? Start(ActivitySource source)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        ActivityTagsCollection tags = new() { [RagTelemetry.OperationName] = RagTelemetry.Retrieval, [RagTelemetry.ProviderName] = RagTelemetry.Provider };
        if (DataSource is not null)
        {
            tags[RagTelemetry.DataSourceId] = DataSource;
        }

        if (top is not null)
        {
            tags[RagTelemetry.TopK] = top;
        }

        Activity? activity = source.StartActivity(RagTelemetry.Retrieval, ActivityKind.Client, default(ActivityContext), tags);
        return isSensitive ? activity?.SetTag(RagTelemetry.QueryText, query) : activity;
    }

    /// <summary>Tells what was found.</summary>
    public void Describe(Activity? activity, RetrievalResult? result)
    {
        if (activity is null || result is null)
        {
            return;
        }

        activity.SetTag(RagTelemetry.PassageCount, result.Passages.Count);
        activity.SetTag(RagTelemetry.CandidateCount, result.Candidates.Count);
        if (result.Notes?.Where(note => note.IsFailure).Select(note => note.Stage).ToArray() is { Length: > 0 } failed)
        {
            activity.SetTag(RagTelemetry.FailedStages, failed);
        }

        if (isSensitive)
        {
            activity.SetTag(RagTelemetry.Documents, Write(result.Passages));
        }
    }

    /// <summary>Names the activity by what was searched, and says how much was asked for where the request left that to the retriever.</summary>
    public void Name(Activity? activity, int? asked)
    {
        if (top is null && asked is not null)
        {
            activity?.SetTag(RagTelemetry.TopK, asked);
        }

        if (activity is not null && DataSource is not null)
        {
            activity.DisplayName = $"{RagTelemetry.Retrieval} {DataSource}";
            activity.SetTag(RagTelemetry.DataSourceId, DataSource);
        }
    }

    private static string Write(IReadOnlyList<RetrievedPassage> passages)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartArray();
            foreach (RetrievedPassage passage in passages)
            {
                Write(writer, passage);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, RetrievedPassage passage)
    {
        writer.WriteStartObject();
        writer.WriteString("id", passage.Key);
        if (double.IsFinite(passage.Score))
        {
            writer.WriteNumber("score", passage.Score);
        }

        writer.WriteString("content", passage.Text);
        writer.WriteEndObject();
    }
}
