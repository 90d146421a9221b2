using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Reads from a request's properties who waits for it.</summary>
internal static class RunRequests
{
    /// <summary>The run request for texts.</summary>
    /// <param name="properties">A request's AdditionalProperties.</param>
    /// <param name="isQuery">Whether somebody waits, where the properties do not say.</param>
    /// <exception cref="ArgumentException">The priority is none.</exception>
    public static RunRequest Of(AdditionalPropertiesDictionary? properties, bool isQuery)
    {
        RunRequest request = new() { Priority = Priority(properties) ?? (isQuery ? RunPriority.Query : RunPriority.Document) };
        return RequestProperties.Text(properties, EmbeddingPropertyNames.Caller) is { Length: > 0 } caller ? request with { Caller = caller } : request;
    }

    private static RunPriority? Priority(AdditionalPropertiesDictionary? properties) => RequestProperties.Text(properties, EmbeddingPropertyNames.Priority) switch
    {
        null => null,
        EmbeddingInputTypes.Query => RunPriority.Query,
        EmbeddingInputTypes.Document => RunPriority.Document,
        string other => throw new ArgumentException(
            $"AdditionalProperties[\"{EmbeddingPropertyNames.Priority}\"] is '{other}'; expected \"{EmbeddingInputTypes.Query}\" for what somebody waits for, or \"{EmbeddingInputTypes.Document}\".", nameof(properties)),
    };
}
