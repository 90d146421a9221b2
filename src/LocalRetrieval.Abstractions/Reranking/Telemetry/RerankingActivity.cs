using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval;

/// <summary>What an activity says of one reranking; each does nothing where there is none.</summary>
internal static class RerankingActivity
{
    /// <summary>Starts an activity; null where nobody listens.</summary>
    public static Activity? Start(ActivitySource source, TextRerankerMetadata? metadata, int documents, RerankingOptions? options)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        ActivityTagsCollection tags = new() { [RerankingTelemetry.OperationName] = RerankingTelemetry.Rerank, [RerankingTelemetry.DocumentCount] = documents };
        Add(tags, RerankingTelemetry.RequestModel, metadata?.DefaultModelId);
        Add(tags, RerankingTelemetry.ProviderName, metadata?.ProviderName);
        Add(tags, RerankingTelemetry.ServerAddress, metadata?.ProviderUri?.Host);
        Add(tags, RerankingTelemetry.ServerPort, metadata?.ProviderUri?.Port);
        Add(tags, RerankingTelemetry.TopK, options?.TopN);
        string name = metadata?.DefaultModelId is { } model ? $"{RerankingTelemetry.Rerank} {model}" : RerankingTelemetry.Rerank;
        return source.StartActivity(name, ActivityKind.Client, default(ActivityContext), tags);
    }

    /// <summary>Tells what came of it.</summary>
    public static void Describe(Activity? activity, RerankingResult? result, Exception? failure)
    {
        if (failure is not null)
        {
            activity?.SetTag(RerankingTelemetry.ErrorType, failure.GetType().FullName).SetStatus(ActivityStatusCode.Error);
        }
        else if (activity is not null && result is not null)
        {
            activity.SetTag(RerankingTelemetry.ReturnedCount, result.Count);
            activity.SetTag(RerankingTelemetry.ResponseModel, result.ModelId);
            activity.SetTag(RerankingTelemetry.InputTokens, result.Usage?.InputTokenCount);
        }
    }

    /// <summary>Tells the query, and what was returned, each with its index among the documents.</summary>
    public static void DescribeTexts(Activity? activity, string query, IReadOnlyList<string> documents, RerankingResult? result)
    {
        activity?.SetTag(RerankingTelemetry.QueryText, query);
        if (activity is not null && result is not null)
        {
            activity.SetTag(RerankingTelemetry.Documents, Write(documents, result));
        }
    }

    private static void Add(ActivityTagsCollection tags, string name, object? value)
    {
        if (value is not null)
        {
            tags[name] = value;
        }
    }

    private static string Write(IReadOnlyList<string> documents, RerankingResult result)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartArray();
            foreach (RerankedDocument document in result)
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", document.Index);
                if (float.IsFinite(document.Score))
                {
                    writer.WriteNumber("score", document.Score);
                }

                writer.WriteString("content", documents[document.Index]);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
