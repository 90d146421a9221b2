
using LocalRetrieval.Onnx.Graphs;
using LocalRetrieval.Onnx.Inference;

namespace LocalRetrieval.Onnx.Info;

/// <summary>What the fingerprints of all ONNX encoders are computed from, whatever their kind.</summary>
internal static class EncoderSource
{
    private static readonly string[] FileNames = ["config.json", "model.safetensors"];

    /// <summary>The components of model and tokenizer.</summary>
    public static FingerprintSource Of(ModelFolder folder, EncoderFiles files, OnnxEncoder encoder)
    {
        string[] feeding = [$"{encoder.OutputKind}", $"{files.PadTokenId}", $"{PositionTable.First(files.Config)}", $"{files.HasTypeIds}"];
        return new FingerprintSource()
            .Add(FingerprintComponents.Model, files.ModelId, feeding, [encoder.GraphPath, .. ExternalData.Find(encoder.GraphPath)])
            .Add(FingerprintComponents.Tokenizer, null, [$"{files.Sentence.LowerCase}", $"{files.AppendedToken}"], folder.TokenizerFiles);
    }

    /// <summary>The kinds of the modules after the first, and whether each has files.</summary>
    public static IEnumerable<string> ModuleKinds(ModelFolder folder) => Modules(folder).SelectMany(module => new[] { module.Kind ?? "", $"{Files(folder, module).Count()}" });

    /// <summary>The files of the modules after the first, module by module.</summary>
    public static IEnumerable<string> ModuleFiles(ModelFolder folder) => Modules(folder).SelectMany(module => Files(folder, module));

    // What Pooling and Normalize say is taken as it is read, since there are several ways to write it.
    private static IEnumerable<ModuleEntry> Modules(ModelFolder folder) =>
        (folder.Modules ?? []).Skip(1).Where(module => module.Kind is not (ModuleEntry.Pooling or ModuleEntry.Normalize or ModuleEntry.Dropout));

    private static IEnumerable<string> Files(ModelFolder folder, ModuleEntry module) =>
        FileNames.Select(name => folder.Find($"{module.Path}/{name}")).OfType<string>();
}
