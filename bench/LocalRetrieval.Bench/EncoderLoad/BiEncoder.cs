using System.Numerics.Tensors;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>A bi-encoder through the public API, and beside it the bare sessions over the same graph.</summary>
internal sealed class BiEncoder : IDisposable
{
    // What two float32 computations of one vector differ by stays far below.
    private const float SameCosine = .9999f;

    private readonly Tokenizer _tokenizer;
    private readonly EncoderInfo _info;
    private readonly TwinSessions _sessions;

    private BiEncoder(string name, string folder, int stride)
    {
        Name = name;
        Generator = OnnxEmbeddingGenerator.Load(folder);
        _info = Generator.GetRequiredService<EncoderInfo>();
        _tokenizer = Tokenizer.Load(folder);
        _sessions = new TwinSessions(folder);
        Search = new TwinSearch(_sessions, _info.Pooling switch
        {
            "graph" => TwinOutputs.AsItIs,
            "mean" => TwinOutputs.NormalizedMean,
            _ => throw new InvalidDataException($"{folder} pools by '{_info.Pooling}', which the bare session does not."),
        }, stride);
    }

    /// <summary>The precisions that are measured.</summary>
    public static IReadOnlyList<string> Names { get; } = ["int8", "float32"];

    public string Name { get; }

    public OnnxEmbeddingGenerator Generator { get; }

    public TwinSearch Search { get; }

    /// <summary>The folder of the embedded model, or of all-MiniLM-L6-v2, which is as large.</summary>
    public static string Folder(string name) => name == "int8" ? LocalModels.BiEncoder.Locate() : BenchData.Shared("models", "all-MiniLM-L6-v2");

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="stride">Each so-manieth setup of a bare session is tried.</param>
    public static BiEncoder Load(string name, int stride) => new(name, Folder(name), stride);

    public static EmbeddingGenerationOptions Options(string role) =>
        role == EmbeddingInputTypes.Query ? EmbeddingInputTypes.QueryOptions() : EmbeddingInputTypes.DocumentOptions();

    /// <summary>What the graph reads for texts of a role.</summary>
    public (int[] Ids, int[] TypeIds)[] Rows(string[] texts, string role)
    {
        string prompt = _info.Prompts.GetValueOrDefault(role, "");
        return Array.ConvertAll(texts, text => BareSession.Encode(_tokenizer, prompt + text, null, _info.MaxTokens!.Value));
    }

    /// <exception cref="InvalidOperationException">The twin gives other vectors than the generator, so that their times are not of the same work.</exception>
    public async Task CheckAsync(string[] texts, string role, Twin[] twins)
    {
        GeneratedEmbeddings<Embedding<float>> ours = await Generator.GenerateAsync(texts, Options(role));
        float[][] theirs = [.. twins.SelectMany(twin => twin.Run())];
        for (int i = 0; i < texts.Length; i++)
        {
            float cosine = TensorPrimitives.CosineSimilarity(ours[i].Vector.Span, theirs[i]);
            if (!(cosine >= SameCosine))
            {
                throw new InvalidOperationException($"The bare session gives another vector for '{texts[i]}' ({Name}): their cosine is {cosine}.");
            }
        }
    }

    public void Dispose()
    {
        Generator.Dispose();
        _sessions.Dispose();
    }
}
