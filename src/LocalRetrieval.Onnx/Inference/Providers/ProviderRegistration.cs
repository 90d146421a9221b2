using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Providers;

/// <summary>Adds an execution provider to a session's options, in the way that each asks for.</summary>
internal static class ProviderRegistration
{
    /// <param name="options">The session's options.</param>
    /// <param name="name">The provider's full name.</param>
    /// <param name="settings">Its options.</param>
    /// <exception cref="OnnxRuntimeException">It, or something that it needs, is not there, or does not know an option.</exception>
    /// <exception cref="ArgumentException">An option is not known.</exception>
    public static void Append(SessionOptions options, string name, IReadOnlyDictionary<string, string> settings)
    {
        switch (name)
        {
            case ProviderNames.Cpu:
                options.AppendExecutionProvider_CPU(Number(name, settings, "use_arena", otherwise: 1));
                break;
            case "CUDAExecutionProvider":
                using (OrtCUDAProviderOptions cuda = new())
                {
                    cuda.UpdateOptions(new(settings));
                    options.AppendExecutionProvider_CUDA(cuda);
                }

                break;
            case "TensorrtExecutionProvider":
                using (OrtTensorRTProviderOptions tensorrt = new())
                {
                    tensorrt.UpdateOptions(new(settings));
                    options.AppendExecutionProvider_Tensorrt(tensorrt);
                }

                break;
            case ProviderNames.DirectML:
                options.AppendExecutionProvider_DML(Number(name, settings, "device_id", otherwise: 0));
                break;
            case "MIGraphXExecutionProvider":
                options.AppendExecutionProvider_MIGraphX(Number(name, settings, "device_id", otherwise: 0));
                break;
            case "DnnlExecutionProvider":
                options.AppendExecutionProvider_Dnnl(Number(name, settings, "use_arena", otherwise: 1));
                break;
            case "NnapiExecutionProvider":
                options.AppendExecutionProvider_Nnapi((NnapiFlags)Number(name, settings, "flags", otherwise: 0));
                break;
            default:
                options.AppendExecutionProvider(GenericName(name), new(settings));
                break;
        }
    }

    // Those that have only one option, a whole number.
    private static int Number(string provider, IReadOnlyDictionary<string, string> settings, string key, int otherwise)
    {
        if (settings.Keys.FirstOrDefault(name => name != key) is { } unknown)
        {
            throw new ArgumentException($"{provider} has no option '{unknown}'; it has {key}.");
        }

        return !settings.TryGetValue(key, out string? text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw new ArgumentException($"The option {key} of {provider} is '{text}'; expected a whole number.");
    }

    private static string GenericName(string name) => ProviderNames.Short(name) is "Xnnpack" ? "XNNPACK" : ProviderNames.Short(name);
}
