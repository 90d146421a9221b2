namespace LocalRetrieval;

/// <summary>
/// The keys that LocalRetrieval reads and writes in the <c>AdditionalProperties</c> of embedding requests and results.
/// Values are plain strings and numbers, so that caches which hash options as JSON tell requests apart.
/// </summary>
/// <remarks>
/// A cache such as <c>UseDistributedCache</c> keeps embeddings one by one as JSON: what stands on an embedding comes back as a
/// <see cref="System.Text.Json.JsonElement"/>, and what stands on the result alone does not come back. Read both through
/// <see cref="EmbeddingTruncationExtensions"/>, which takes either form and counts totals from the embeddings.
/// </remarks>
public static class EmbeddingPropertyNames
{
    /// <summary>
    /// On <c>EmbeddingGenerationOptions</c>: the role of the texts, <see cref="EmbeddingInputTypes.Query"/> or
    /// <see cref="EmbeddingInputTypes.Document"/>. The model's own prompt for the role is put before each text; without a role its default
    /// prompt, where it has one. The name of another of the model's prompts puts that one; the empty string puts none, also where the model has
    /// one for texts of no role.
    /// </summary>
    public const string InputType = "input_type";

    /// <summary>
    /// On <c>EmbeddingGenerationOptions</c> and <see cref="RerankingOptions"/>: who asks, a string, for instance a tenant's name. Local encoders under load give turns
    /// to callers: calls of one value share turns, so that a thousand calls of one tenant do not keep another waiting. Without it each call has turns of its own.
    /// </summary>
    public const string Caller = "caller";

    /// <summary>
    /// On <c>EmbeddingGenerationOptions</c> and <see cref="RerankingOptions"/>: <see cref="EmbeddingInputTypes.Query"/> for what somebody waits for, which goes first
    /// under load, or <see cref="EmbeddingInputTypes.Document"/> for work that can wait, which keeps a fifth of the time. Without it the role in
    /// <see cref="InputType"/> decides; without a role a call of one text and a reranking are waited for.
    /// </summary>
    public const string Priority = "priority";

    /// <summary>
    /// On an <c>Embedding</c> whose text was cut, and in total on <c>GeneratedEmbeddings</c>: the number of tokens (<see cref="long"/>)
    /// that the model did not read. Absent where nothing was cut. Read it by <see cref="EmbeddingTruncationExtensions.GetDroppedTokens(Microsoft.Extensions.AI.Embedding)"/>.
    /// </summary>
    public const string DroppedTokens = "dropped_tokens";

    /// <summary>On <c>GeneratedEmbeddings</c> and <see cref="RerankingResult"/>: the number of texts or pairs (<see cref="long"/>) that were cut. Absent where none was. Of embeddings, read it by <see cref="EmbeddingTruncationExtensions.GetTruncatedTexts"/>.</summary>
    public const string TruncatedTexts = "truncated_texts";

    /// <summary>On an <c>Embedding</c> of a text that was embedded in windows: their number (<see cref="long"/>), at least 2. See <see cref="TruncationPolicy.ChunkAndPool"/>. Read it by <see cref="EmbeddingTruncationExtensions.GetWindows"/>.</summary>
    public const string Windows = "windows";
}
