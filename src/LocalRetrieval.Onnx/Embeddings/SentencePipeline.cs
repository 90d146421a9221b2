using LocalRetrieval.Onnx.Loading;

namespace LocalRetrieval.Onnx.Embeddings;

/// <summary>What a model's folder says happens to the hidden states: sentence-transformers' modules.json and the pooling's config.json.</summary>
internal sealed record SentencePipeline(PoolingMode Pooling, bool Normalize, int? Dimensions)
{
    private const string PoolingPrefix = "pooling_mode_";

    private static readonly Dictionary<string, PoolingMode> Modes = new(StringComparer.Ordinal)
    {
        ["pooling_mode_mean_tokens"] = PoolingMode.Mean,
        ["pooling_mode_cls_token"] = PoolingMode.Cls,
    };

    /// <exception cref="InvalidDataException">A module or its setting is not supported, or the folder says nothing and the options do not either.</exception>
    public static SentencePipeline Read(ModelFolder folder, OnnxEmbeddingGeneratorOptions options)
    {
        if (folder.ReadModules() is not { } modules)
        {
            PoolingMode pooling = options.Pooling ?? throw new InvalidDataException(
                $"{folder.Path} has no modules.json, so nothing says how the model's tokens are pooled. Set Pooling in the options: the model's card names it.");
            return new SentencePipeline(pooling, options.Normalize ?? false, null);
        }

        SentencePipeline pipeline = ReadModules(folder, modules);
        return pipeline with { Pooling = options.Pooling ?? pipeline.Pooling, Normalize = options.Normalize ?? pipeline.Normalize };
    }

    private static SentencePipeline ReadModules(ModelFolder folder, IReadOnlyList<ModelJson> modules)
    {
        SentencePipeline? pipeline = null;
        foreach (ModelJson module in modules)
        {
            string type = module.String("type") ?? "missing";
            switch (type)
            {
                case "sentence_transformers.models.Transformer" when pipeline is null:
                    break;
                case "sentence_transformers.models.Pooling" when pipeline is null:
                    pipeline = ReadPooling(folder.RequireJson($"{module.String("path")}/config.json"));
                    break;
                case "sentence_transformers.models.Normalize" when pipeline is { Normalize: false }:
                    pipeline = pipeline with { Normalize = true };
                    break;
                default:
                    throw module.Unsupported("type", $"'{type}'", "Transformer, then Pooling, then optionally Normalize, of sentence_transformers.models");
            }
        }

        return pipeline ?? throw new InvalidDataException($"{Path.Combine(folder.Path, "modules.json")} has no Pooling module. Set Pooling in the options and remove the file, or load a bi-encoder.");
    }

    private static SentencePipeline ReadPooling(ModelJson config)
    {
        if (config.Boolean("include_prompt") == false)
        {
            throw config.Unsupported("include_prompt", "false", "true");
        }

        string[] modes = [.. config.TrueFields(PoolingPrefix)];
        return modes is [string mode] && Modes.TryGetValue(mode, out PoolingMode pooling)
            ? new SentencePipeline(pooling, Normalize: false, config.Limit("word_embedding_dimension"))
            : throw config.Unsupported(PoolingPrefix + "*", modes.Length == 0 ? "not set" : string.Join(" and ", modes), string.Join(" or ", Modes.Keys));
    }
}
