using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>The output of a graph that is read.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsHalf">Whether it is of 16-bit floats.</param>
/// <param name="Width">Its last dimension, or null where the graph leaves it open.</param>
internal sealed record GraphOutput(OutputKind Kind, string Name, bool IsHalf, int? Width)
{
    private static readonly string[] PooledNames = ["sentence_embedding", "sentence_embeddings"];

    /// <summary>Whether it has a row a token, rather than one a text.</summary>
    public bool IsByToken => Kind is OutputKind.HiddenStates or OutputKind.TokenLogits;

    /// <summary>The first of the wanted kinds that the graph has.</summary>
    /// <returns>The output, or null where it has none of them.</returns>
    /// <exception cref="InvalidDataException">It is of numbers that cannot be read.</exception>
    public static GraphOutput? Find(InferenceSession session, string graphPath, IReadOnlyList<OutputKind> wanted)
    {
        foreach (OutputKind kind in wanted)
        {
            (string name, NodeMetadata? metadata) = session.OutputMetadata
                .Where(output => output.Value.IsTensor && Place(kind, output.Key, output.Value.Dimensions.Length) is not null)
                .OrderBy(output => Place(kind, output.Key, output.Value.Dimensions.Length))
                .FirstOrDefault();
            if (metadata is not null)
            {
                return metadata.ElementDataType is TensorElementType.Float or TensorElementType.Float16
                    ? new GraphOutput(kind, name, metadata.ElementDataType == TensorElementType.Float16, metadata.Dimensions[^1] is > 0 and int width ? width : null)
                    : throw new InvalidDataException($"{graphPath} gives the output '{name}' as {Describe(metadata)}, which is not supported. Supported: Float or Float16.");
            }
        }

        return null;
    }

    /// <summary>Says which kinds of output are missing, and what there is.</summary>
    public static InvalidDataException Missing(InferenceSession session, string graphPath, IReadOnlyList<OutputKind> wanted)
    {
        string outputs = string.Join(", ", session.OutputMetadata.Select(output => $"{output.Key} as {Describe(output.Value)}"));
        return new InvalidDataException(
            $"{graphPath} has no output of {string.Join(" or ", wanted.Select(Describe))}; it has {outputs}. {Advice(session, wanted)}");
    }

    private static string Advice(InferenceSession session, IReadOnlyList<OutputKind> wanted)
    {
        bool overVocabulary = session.OutputMetadata.TryGetValue("logits", out NodeMetadata? logits) && logits.IsTensor && logits.Dimensions.Length == 3;
        return overVocabulary
                ? "Logits of every token are those of a masked or causal language model: only a sparse encoder reads them, " +
                  "and a reranker that compares the logits of \"yes\" and \"no\" is not supported."
            : wanted.Contains(OutputKind.Logits) || wanted.Contains(OutputKind.TokenLogits)
                ? "It is that of an encoder without a head: load a bi-encoder as OnnxEmbeddingGenerator, or export the model again with the head for its task."
                : "Load a cross-encoder as OnnxTextReranker, or export the model again without its head, for the task feature-extraction.";
    }

    public static string Describe(NodeMetadata metadata) =>
        metadata.IsTensor ? $"{metadata.ElementDataType} [{string.Join(", ", metadata.Dimensions)}]" : metadata.OnnxValueType.ToString();

    // The place among several of one kind, by the names that exporters give; null for another kind.
    private static int? Place(OutputKind kind, string name, int rank) => (kind, rank, name) switch
    {
        (OutputKind.HiddenStates, 3, "last_hidden_state") => 0,
        (OutputKind.HiddenStates, 3, "token_embeddings") => 1,
        (OutputKind.HiddenStates, 3, not "logits") => 2,
        (OutputKind.TokenLogits, 3, "logits") => 0,
        (OutputKind.Logits, 2, "logits") => 0,
        (OutputKind.Logits, 2, not "pooler_output") => PooledNames.Contains(name) ? null : 1,
        (OutputKind.SentenceEmbedding, 2, _) => PooledNames.Contains(name) ? 0 : null,
        _ => null,
    };

    private static string Describe(OutputKind kind) => kind switch
    {
        OutputKind.HiddenStates => "rank 3 (hidden states [batch, tokens, hidden])",
        OutputKind.TokenLogits => "rank 3 named logits (logits [batch, tokens, vocabulary])",
        OutputKind.SentenceEmbedding => "rank 2 named sentence_embedding ([batch, hidden])",
        _ => "rank 2 (logits [batch, labels])",
    };
}
