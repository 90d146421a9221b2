using Microsoft.Extensions.Options;

namespace LocalRetrieval.Embeddings;

/// <summary>Refuses options that contradict each other.</summary>
internal sealed class LocalEmbeddingOptionsValidator : IValidateOptions<LocalEmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalEmbeddingOptions options)
    {
        List<string> failures = [];
        if (options is { Model: { } model, ModelPath: { } path })
        {
            failures.Add($"LocalEmbeddingOptions.Model is the embedded model '{model.Name}', and ModelPath is '{path}'. Leave one of them out.");
        }

        if (options.ChunkOverlap is { } overlap && options.Truncation != TruncationPolicy.ChunkAndPool)
        {
            failures.Add($"LocalEmbeddingOptions.ChunkOverlap is {overlap}, but with Truncation {options.Truncation} there are no windows to overlap. Set Truncation to {TruncationPolicy.ChunkAndPool}, or leave it out.");
        }

        if (options.Model == LocalModels.Static && (options.GraphFile is not null || options.Pooling is not (null or PoolingMode.Mean)))
        {
            string option = options.GraphFile is { } file ? $"GraphFile is '{file}'" : $"Pooling is {options.Pooling}";
            failures.Add($"LocalEmbeddingOptions.{option}, but Model is the static model, which has no graph and whose vectors are means. Leave one of them out.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
