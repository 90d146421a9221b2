using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Encoders;

/// <summary>Finds a module's weights.</summary>
internal static class ModuleWeights
{
    /// <exception cref="FileNotFoundException">The module has no weights.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or there is only a pickle.</exception>
    public static SafetensorsFile Read(ModelFolder folder, ModuleEntry module)
    {
        if (folder.Find(module.File("model.safetensors")) is null && folder.Find(module.File("pytorch_model.bin")) is { } pickle)
        {
            throw new UnsupportedModuleException(
                $"{pickle} holds the weights as a pickle, which is not supported: reading one can run code. Supported: model.safetensors. " +
                "Save the model again with sentence-transformers, which writes it.");
        }

        return SafetensorsFile.Open(folder.Require(module.File("model.safetensors")));
    }
}
