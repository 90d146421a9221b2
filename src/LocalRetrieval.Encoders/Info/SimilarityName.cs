
namespace LocalRetrieval.Encoders;

/// <summary>The similarity function that a model's folder names.</summary>
internal static class SimilarityName
{
    /// <summary>config_sentence_transformers.json's similarity_fn_name in lower case; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    public static string? Read(ModelFolder folder) => folder.ReadJson("config_sentence_transformers.json")?.String("similarity_fn_name")?.ToLowerInvariant();
}
