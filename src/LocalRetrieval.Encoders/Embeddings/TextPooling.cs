namespace LocalRetrieval.Encoders;

/// <summary>A Pooling module: the modes whose vectors are put one after another, and whether a prompt's tokens count.</summary>
/// <param name="Modes">The modes, in the order of their vectors.</param>
/// <param name="IncludesPrompt">Whether a prompt's tokens are pooled; the model reads them either way.</param>
/// <param name="TokenWidth">The length of a token's vector that the module's file gives, or null.</param>
internal sealed record TextPooling(PoolingMode[] Modes, bool IncludesPrompt, int? TokenWidth)
{
    // The flags that say the same before 5.4, in the order in which their vectors are put together.
    private static readonly (string Flag, string Name, PoolingMode Mode)[] Known =
    [
        ("pooling_mode_cls_token", "cls", PoolingMode.Cls),
        ("pooling_mode_max_tokens", "max", PoolingMode.Max),
        ("pooling_mode_mean_tokens", "mean", PoolingMode.Mean),
        ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", PoolingMode.MeanSqrtLength),
        ("pooling_mode_weightedmean_tokens", "weightedmean", PoolingMode.WeightedMean),
        ("pooling_mode_lasttoken", "lasttoken", PoolingMode.LastToken),
    ];

    /// <summary>The modes in sentence-transformers' words, joined by "+".</summary>
    public string Name => string.Join('+', Modes.Select(mode => Known.First(known => known.Mode == mode).Name));

    /// <exception cref="InvalidDataException">A field is damaged, or names a mode that is not known.</exception>
    public static TextPooling Read(ModelJson config) =>
        new(Named(config) ?? Flagged(config), config.Boolean("include_prompt") ?? true, config.Limit("embedding_dimension") ?? config.Limit("word_embedding_dimension"));

    private static PoolingMode[]? Named(ModelJson config) => config.StringList("pooling_mode") is not { Length: > 0 } names ? null
        : Array.ConvertAll(names, name => Known.FirstOrDefault(known => known.Name == name) is { Name: not null } known
            ? known.Mode
            : throw Unsupported(config, "pooling_mode", $"'{name}'", Known.Select(mode => mode.Name)));

    private static PoolingMode[] Flagged(ModelJson config)
    {
        string[] set = [.. config.TrueFields("pooling_mode_")];
        if (set.Except(Known.Select(known => known.Flag)).FirstOrDefault() is { } unknown)
        {
            throw Unsupported(config, unknown, "true", Known.Select(mode => mode.Flag));
        }

        // The reference takes the mean where no flag is set.
        return set.Length == 0 ? [PoolingMode.Mean] : [.. Known.Where(known => set.Contains(known.Flag)).Select(known => known.Mode)];
    }

    private static UnsupportedModuleException Unsupported(ModelJson config, string field, string found, IEnumerable<string> supported) =>
        new(config.Unsupported(field, found, string.Join(", ", supported)));
}
