using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Static.Loading;

/// <summary>A static model's folder, in model2vec's layout or in that of sentence-transformers.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Config">config.json, or null where there is none.</param>
/// <param name="IsModel2Vec">
/// Whether the model is to be read as model2vec reads it; otherwise as sentence-transformers does. model2vec writes a modules.json too, for
/// those who do without its weights and limits.
/// </param>
internal sealed record StaticModelFolder(ModelFolder Files, ModelJson? Config, bool IsModel2Vec)
{
    /// <summary>The file of the vectors.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The folder, or null where it does not hold a static model.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">config.json or modules.json cannot be read.</exception>
    public static StaticModelFolder? Find(string path)
    {
        ModelFolder files = ModelFolder.Open(path);
        ModelJson? config = files.ReadJson("config.json");
        bool isModel2Vec = config is not null && IsModel2VecConfig(files, config);
        bool isModule = files.Modules is [{ Kind: ModuleEntry.StaticEmbedding }, ..];
        return isModel2Vec || isModule ? new StaticModelFolder(files, config, isModel2Vec) : null;
    }

    // The first releases of model2vec wrote no model_type: their tensor's name tells.
    private static bool IsModel2VecConfig(ModelFolder files, ModelJson config) => config.String("model_type") switch
    {
        "model2vec" => true,
        null => files.Find(WeightsFile) is { } weights && SafetensorsFile.Open(weights).Find(StaticModelReader.Model2VecTensor) is not null,
        _ => false,
    };
}
