using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>Finds what feeds each input that a graph asks for, by name; refuses by name what cannot be fed.</summary>
internal static partial class GraphInputs
{
    private const string InputIds = "input_ids";
    private const string AttentionMask = "attention_mask";
    private const string Supported = "input_ids, attention_mask, token_type_ids, position_ids, past_key_values.*, use_cache_branch";

    /// <exception cref="InvalidDataException">The graph asks for an input that is not known, or of another type or shape, or not for token ids.</exception>
    public static IGraphInput[] Read(InferenceSession session, string graphPath, OnnxBackendSettings settings)
    {
        string[] unknown = [.. session.InputMetadata.Keys.Where(name => Row(name, settings) is null && !IsCache(name) && name != "use_cache_branch")];
        if (unknown.Length > 0)
        {
            throw new InvalidDataException($"{graphPath} asks for '{string.Join("', '", unknown)}', which is not supported. Supported inputs: {Supported}.");
        }

        // Without a mask, a shorter text's padding would change its numbers.
        foreach (string required in new[] { InputIds, AttentionMask })
        {
            if (!session.InputMetadata.ContainsKey(required))
            {
                throw new InvalidDataException($"{graphPath} has no input '{required}'; it has {string.Join(", ", session.InputMetadata.Keys)}. It is no text encoder that reads batches.");
            }
        }

        return [.. session.InputMetadata.Select(input => Feeder(input.Key, input.Value, graphPath, settings))];
    }

    private static TokenRow? Row(string name, OnnxBackendSettings settings) => name switch
    {
        InputIds => TokenRows.Ids(settings.PadTokenId),
        AttentionMask => TokenRows.AttentionMask,
        "token_type_ids" => settings.HasTypeIds ? TokenRows.TypeIds : TokenRows.Zeros,
        "position_ids" => TokenRows.Positions(settings.FirstPosition),
        _ => null,
    };

    private static IGraphInput Feeder(string name, NodeMetadata metadata, string graphPath, OnnxBackendSettings settings)
    {
        if (Row(name, settings) is { } row)
        {
            return metadata is { IsTensor: true, Dimensions: [< 1, < 1] }
                ? metadata.ElementDataType switch
                {
                    TensorElementType.Int64 => new TokenInput<long>(name, row),
                    TensorElementType.Int32 => new TokenInput<int>(name, row),
                    _ => throw Unsupported(name, metadata, graphPath, "Int64 or Int32 [batch, tokens]"),
                }
                : throw Unsupported(name, metadata, graphPath, "Int64 or Int32 [batch, tokens], both dimensions open. Export the model with dynamic axes");
        }

        return IsCache(name) ? Cache(name, metadata, graphPath, settings.Config)
            : metadata is { IsTensor: true, ElementDataType: TensorElementType.Bool } ? new CacheBranchInput(name)
            : throw Unsupported(name, metadata, graphPath, "Bool [1]");
    }

    private static IGraphInput Cache(string name, NodeMetadata metadata, string graphPath, ModelJson? config)
    {
        if (!metadata.IsTensor || metadata.Dimensions is not [_, int declaredHeads, < 1, int declaredSize])
        {
            throw Unsupported(name, metadata, graphPath, "Float or Float16 [batch, heads, past tokens, head size]");
        }

        int? allHeads = config?.Limit("num_attention_heads");
        int heads = declaredHeads > 0 ? declaredHeads : config?.Limit("num_key_value_heads") ?? allHeads ?? throw Open(name, graphPath, "num_key_value_heads");
        int size = declaredSize > 0 ? declaredSize : config?.Limit("head_dim") ?? (config?.Limit("hidden_size") / allHeads) ?? throw Open(name, graphPath, "head_dim");
        return metadata.ElementDataType switch
        {
            TensorElementType.Float => new EmptyCacheInput<float>(name, heads, size),
            TensorElementType.Float16 => new EmptyCacheInput<Float16>(name, heads, size),
            _ => throw Unsupported(name, metadata, graphPath, "Float or Float16 [batch, heads, past tokens, head size]"),
        };
    }

    private static bool IsCache(string name) => CacheName().IsMatch(name);

    [GeneratedRegex(@"^past(_key_values)?\.\d+\.(key|value)$")]
    private static partial Regex CacheName();

    private static InvalidDataException Unsupported(string name, NodeMetadata metadata, string graphPath, string supported) =>
        new($"{graphPath} asks for '{name}' as {GraphOutput.Describe(metadata)}, which is not supported. Supported: {supported}.");

    private static InvalidDataException Open(string name, string graphPath, string field) =>
        new($"{graphPath} leaves the shape of '{name}' open, and config.json has no {field}.");
}
