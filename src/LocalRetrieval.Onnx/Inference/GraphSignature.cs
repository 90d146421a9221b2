using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>Reads which inputs a graph asks for and which of its outputs is wanted; refuses by name what cannot be fed.</summary>
internal static class GraphSignature
{
    private static readonly string[] Fed = [BatchTensors.InputIds, BatchTensors.AttentionMask, BatchTensors.TokenTypeIds];

    // The names that exporters give to hidden states and logits, best first.
    private static readonly string[] Preferred = ["last_hidden_state", "token_embeddings", "logits"];

    /// <exception cref="InvalidDataException">The graph asks for an input that is not known, or for another type, or not for token ids.</exception>
    public static string[] Inputs(InferenceSession session, string graphPath)
    {
        string[] unknown = [.. session.InputMetadata.Keys.Except(Fed)];
        if (unknown.Length > 0)
        {
            throw new InvalidDataException($"{graphPath} asks for '{string.Join("', '", unknown)}', which is not supported. Supported inputs: {string.Join(", ", Fed)}.");
        }

        foreach ((string name, NodeMetadata metadata) in session.InputMetadata)
        {
            if (!metadata.IsTensor || metadata.ElementDataType != TensorElementType.Int64 || metadata.Dimensions.Length != 2)
            {
                throw new InvalidDataException($"{graphPath} asks for '{name}' as {Describe(metadata)}, which is not supported. Supported: Int64 [batch, tokens].");
            }
        }

        return session.InputMetadata.ContainsKey(BatchTensors.InputIds)
            ? [.. session.InputMetadata.Keys]
            : throw new InvalidDataException($"{graphPath} has no input '{BatchTensors.InputIds}'; it has {string.Join(", ", session.InputMetadata.Keys)}. It is not a text encoder.");
    }

    /// <summary>The output of the rank that is asked for, 3 for hidden states, 2 for logits, and its last dimension; null where the graph leaves it open.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static (string Name, int? Width) Output(InferenceSession session, string graphPath, int rank)
    {
        (string name, NodeMetadata? metadata) = session.OutputMetadata
            .Where(output => output.Value.IsTensor && output.Value.Dimensions.Length == rank)
            .OrderBy(output => Array.IndexOf(Preferred, output.Key) is >= 0 and int place ? place : Preferred.Length)
            .FirstOrDefault();
        if (metadata is null)
        {
            throw new InvalidDataException(
                $"{graphPath} has no output of rank {rank} ({(rank == 3 ? "hidden states [batch, tokens, hidden]" : "logits [batch, labels]")}); it has " +
                $"{string.Join(", ", session.OutputMetadata.Select(output => $"{output.Key} as {Describe(output.Value)}"))}.");
        }

        return metadata.ElementDataType == TensorElementType.Float
            ? (name, metadata.Dimensions[^1] is > 0 and int width ? width : null)
            : throw new InvalidDataException($"{graphPath} gives the output '{name}' as {Describe(metadata)}, which is not supported. Supported: Float.");
    }

    private static string Describe(NodeMetadata metadata) =>
        metadata.IsTensor ? $"{metadata.ElementDataType} [{string.Join(", ", metadata.Dimensions)}]" : metadata.OnnxValueType.ToString();
}
