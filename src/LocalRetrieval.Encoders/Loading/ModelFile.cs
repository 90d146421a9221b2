namespace LocalRetrieval.Encoders;

/// <summary>Tells a model's file from a folder of its name.</summary>
internal static class ModelFile
{
    /// <summary>Whether there is such a file.</summary>
    /// <exception cref="InvalidDataException">It is a folder: as an absent file it would change vectors without a word.</exception>
    public static bool Exists(string path) => !Directory.Exists(path)
        ? File.Exists(path)
        : throw new InvalidDataException($"{path} is a folder, not a file. Put the model's file in its place, or remove the folder.");
}
