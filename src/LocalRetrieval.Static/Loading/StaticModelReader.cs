using LocalRetrieval.Encoders.Safetensors;
using LocalRetrieval.Static.Tokens;
using LocalRetrieval.Static.Vectors;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Static.Loading;

/// <summary>Reads a static model from its folder.</summary>
internal static class StaticModelReader
{
    /// <summary>What model2vec calls its vectors.</summary>
    public const string Model2VecTensor = "embeddings";

    private const string SentenceTransformersTensor = "embedding.weight";

    // The floors of a norm: sentence-transformers' and model2vec's own.
    private const float SentenceTransformersFloor = 1e-12f;
    private const float Model2VecFloor = 1e-32f;

    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, asks for what is not supported, or contradicts another.</exception>
    public static (DenseModel Model, StaticBackend Backend) Read(StaticModelFolder folder, StaticEmbeddingGeneratorOptions options)
    {
        Tokenizer tokenizer = Tokenizer.Load(folder.Files.TokenizerPath, new TokenizerOptions { LoneSurrogates = options.LoneSurrogates });
        SafetensorsFile file = SafetensorsFile.Open(folder.Files.Require(StaticModelFolder.WeightsFile));
        int? maxTokens = options.MaxTokens ?? folder.Config?.Limit("max_length");
        ModelPrompts prompts = ModelPrompts.Read(folder.Files);
        StaticTokenLimits limits = folder.IsModel2Vec ? StaticTokenLimits.Model2Vec(tokenizer, maxTokens) : StaticTokenLimits.SentenceTransformers(maxTokens);
        bool normalizes = folder.IsModel2Vec ? folder.Config!.Boolean("normalize") ?? false : Normalizes(folder.Files.Modules!);
        NormalizeModule[] modules = options.Normalize ?? normalizes ? [new NormalizeModule(folder.IsModel2Vec ? Model2VecFloor : SentenceTransformersFloor)] : [];
        string layout = folder.IsModel2Vec ? "model2vec" : "StaticEmbedding";
        StaticBackend backend = new(ReadVectors(folder, file, tokenizer), file.Path, layout, options.Threads ?? Environment.ProcessorCount);
        DenseModel model = new(
            new ModelSource(folder.Files, folder.Config, [layout], [folder.Files.TokenizerPath]),
            new StaticTokenizer(tokenizer, limits, prompts.Longest, folder.Files.Path),
            prompts,
            new SentencePipeline(new SentenceModules([], null, modules), backend.Info.OutputWidth, folder.Files.Path) { CutsFirst = true },
            "mean") { PoolingSettings = ["mean"] };
        return (model, backend);
    }

    private static bool Normalizes(IReadOnlyList<ModuleEntry> modules) => modules.Skip(1).FirstOrDefault(module => module.Kind != ModuleEntry.Normalize) is { } other
        ? throw other.Unsupported("StaticEmbedding, then optionally Normalize, of sentence_transformers")
        : modules.Count > 1;

    private static TokenVectors ReadVectors(StaticModelFolder folder, SafetensorsFile file, Tokenizer tokenizer)
    {
        // sentence-transformers also takes vectors under model2vec's name.
        string[] names = folder.IsModel2Vec ? [Model2VecTensor, "weights", "mapping"] : file.Find(SentenceTransformersTensor) is null ? [Model2VecTensor] : [SentenceTransformersTensor];
        if (file.Find(names[0]) is not { } embeddings)
        {
            throw new InvalidDataException($"{file.Path} has no tensor '{(folder.IsModel2Vec ? Model2VecTensor : SentenceTransformersTensor)}'; found {string.Join(", ", file.Names)}.");
        }

        if (file.Names.FirstOrDefault(name => !names.Contains(name)) is { } other)
        {
            throw new InvalidDataException($"{file.Path} has the tensor '{other}', which is not supported. Supported: {string.Join(", ", names)}.");
        }

        int tokens = tokenizer.MaxTokenId + 1;
        EmbeddingTable table = EmbeddingTable.Read(file, embeddings);
        int[]? mapping = names.Length > 1 && file.Find("mapping") is { } map ? ReadMapping(file, map, tokens, table.Rows) : null;
        float[]? weights = names.Length > 1 && file.Find("weights") is { } weight ? file.Floats(RequireList(file, weight, tokens)) : null;
        return mapping is not null || table.Rows >= tokens
            ? new TokenVectors(table, mapping, weights)
            : throw new InvalidDataException($"{file.Path} has {table.Rows} vectors, but {folder.Files.TokenizerPath} has token ids up to {tokens - 1}. The two files are of different models.");
    }

    private static int[] ReadMapping(SafetensorsFile file, SafetensorsTensor tensor, int tokens, int rows)
    {
        RequireList(file, tensor, tokens);
        long[] mapping = tensor.Type switch
        {
            "I64" => file.Read<long>(tensor),
            "I32" => Array.ConvertAll(file.Read<int>(tensor), row => (long)row),
            _ => throw new InvalidDataException($"{file.Path}: the dtype of tensor '{tensor.Name}' is {tensor.Type}, which is not supported. Supported: I64, I32."),
        };
        int bad = Array.FindIndex(mapping, row => row < 0 || row >= rows);
        return bad < 0
            ? Array.ConvertAll(mapping, row => (int)row)
            : throw new InvalidDataException($"{file.Path}: tensor '{tensor.Name}' gives token {bad} the row {mapping[bad]}, but there are {rows}.");
    }

    private static SafetensorsTensor RequireList(SafetensorsFile file, SafetensorsTensor tensor, int tokens) =>
        tensor.Shape is [long length] && length >= tokens ? tensor : throw new InvalidDataException(
            $"{file.Path}: tensor '{tensor.Name}' is [{string.Join(", ", tensor.Shape)}], expected one value for each of {tokens} tokens.");
}
