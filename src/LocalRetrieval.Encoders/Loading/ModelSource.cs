namespace LocalRetrieval.Encoders;

/// <summary>Where a model and its tokenizer come from.</summary>
/// <param name="Folder">The model's folder.</param>
/// <param name="Config">config.json, or null.</param>
/// <param name="TokenizerSettings">What decides the tokens beside the tokenizer's files.</param>
/// <param name="TokenizerFiles">The tokenizer's files.</param>
internal sealed record ModelSource(ModelFolder Folder, ModelJson? Config, IReadOnlyList<string> TokenizerSettings, IReadOnlyList<string> TokenizerFiles)
{
    /// <summary>The components of the model and the tokenizer, to which an encoder adds its own.</summary>
    public FingerprintSource Fingerprint(EncoderRuntime runtime) => new FingerprintSource()
        .Add(FingerprintComponents.Model, runtime.ModelId, runtime.Backend.Settings, runtime.Backend.Files)
        .Add(FingerprintComponents.Tokenizer, null, TokenizerSettings, TokenizerFiles);
}
