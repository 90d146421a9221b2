
namespace LocalRetrieval.Encoders;

/// <summary>The way from a graph's output to the vector of a text, for a graph of a known width.</summary>
/// <remarks>Immutable; safe for concurrent use. Each text goes its way alone, so that its numbers do not depend on its batch.</remarks>
internal sealed class SentencePipeline
{
    private readonly TextPooling? _pooling;
    private readonly VectorModules _tokenModules;
    private readonly VectorModules _textModules;
    private readonly NormalizeModule _normalize;
    private readonly int _graphWidth;

    /// <param name="modules">What the model's folder says.</param>
    /// <param name="graphWidth">The width of the graph's output.</param>
    /// <param name="folder">The folder, for errors.</param>
    /// <exception cref="InvalidDataException">A module is for vectors of another length.</exception>
    public SentencePipeline(SentenceModules modules, int graphWidth, string folder)
    {
        _graphWidth = graphWidth;
        _tokenModules = new VectorModules(modules.TokenModules, graphWidth);
        _pooling = modules.Pooling;
        int width = _tokenModules.OutputWidth;
        if (_pooling?.TokenWidth is { } expected && expected != width)
        {
            throw new InvalidDataException(
                $"The pooling's config.json gives word_embedding_dimension {expected}, but the model of {folder} gives vectors of {width}. The files are of different models.");
        }

        _textModules = new VectorModules(modules.TextModules, width * (_pooling?.Modes.Length ?? 1));
        Normalizes = modules.Normalizes;
        _normalize = modules.TextModules is [.., NormalizeModule last] ? last : NormalizeModule.Instance;
    }

    /// <summary>How long the vectors of texts are.</summary>
    public int Dimensions => _textModules.OutputWidth;

    /// <summary>Whether they are of unit length.</summary>
    public bool Normalizes { get; }

    /// <summary>Whether vectors are cut shorter before the modules apply, as model2vec cuts its table, rather than after them, as sentence-transformers does.</summary>
    public bool CutsFirst { get; init; }

    /// <summary>Whether a prompt's tokens are pooled.</summary>
    public bool IncludesPrompt => _pooling?.IncludesPrompt ?? true;

    /// <summary>The vector of one text.</summary>
    /// <param name="output">The graph's output for the text's own tokens, [tokens, width], or for the text where the graph pools, [width].</param>
    /// <param name="promptTokens">How many of the first tokens are not pooled.</param>
    /// <returns>The vector, [<see cref="Dimensions"/>], or as long as <paramref name="output"/> where that was cut first.</returns>
    public float[] Embed(ReadOnlySpan<float> output, int promptTokens)
    {
        float[] vector = new float[CutsFirst ? output.Length : Dimensions];
        if (_pooling is null)
        {
            _textModules.Apply(output, vector);
            return vector;
        }

        ReadOnlySpan<float> states = _tokenModules.IsEmpty ? output : ApplyToTokens(output);
        int width = _tokenModules.OutputWidth;
        float[] pooled = _textModules.IsEmpty ? vector : new float[width * _pooling.Modes.Length];
        for (int i = 0; i < _pooling.Modes.Length; i++)
        {
            TokenPooling.Pool(_pooling.Modes[i], states, promptTokens, pooled.AsSpan(i * width, width));
        }

        if (!_textModules.IsEmpty)
        {
            _textModules.Apply(pooled, vector);
        }

        return vector;
    }

    /// <summary>A text's vector, or the mean of its windows', cut to <paramref name="dimensions"/> and of unit length again where the model's are.</summary>
    public float[] Cut(float[] vector, int dimensions)
    {
        float[] cut = vector[..dimensions];
        if (Normalizes)
        {
            _normalize.Apply(cut, cut);
        }

        return cut;
    }

    private float[] ApplyToTokens(ReadOnlySpan<float> output)
    {
        int tokens = output.Length / _graphWidth;
        float[] states = new float[tokens * _tokenModules.OutputWidth];
        for (int token = 0; token < tokens; token++)
        {
            _tokenModules.Apply(output.Slice(token * _graphWidth, _graphWidth), states.AsSpan(token * _tokenModules.OutputWidth, _tokenModules.OutputWidth));
        }

        return states;
    }
}
