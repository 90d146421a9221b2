using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Providers;

/// <summary>The names of execution providers, and the packages that have them.</summary>
internal static class ProviderNames
{
    public const string Cpu = "CPUExecutionProvider";

    public const string DirectML = "DmlExecutionProvider";

    private const string Ending = "ExecutionProvider";

    // It calls a service, which is no hardware for a graph.
    private const string Azure = "AzureExecutionProvider";

    private static readonly Dictionary<string, string> Packages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CUDAExecutionProvider"] = "Microsoft.ML.OnnxRuntime.Gpu",
        ["TensorrtExecutionProvider"] = "Microsoft.ML.OnnxRuntime.Gpu",
        ["NvTensorRTRTXExecutionProvider"] = "a build of ONNX Runtime with it",
        [DirectML] = "Microsoft.ML.OnnxRuntime.DirectML",
        ["OpenVINOExecutionProvider"] = "Intel.ML.OnnxRuntime.OpenVino",
        ["QNNExecutionProvider"] = "Microsoft.ML.OnnxRuntime.QNN",
        ["CoreMLExecutionProvider"] = "Microsoft.ML.OnnxRuntime on macOS and iOS",
        ["NnapiExecutionProvider"] = "Microsoft.ML.OnnxRuntime on Android",
        ["XnnpackExecutionProvider"] = "Microsoft.ML.OnnxRuntime on Android and iOS",
    };

    /// <summary>What the loaded native library offers, best first.</summary>
    public static string[] Offered => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>Those of them that are hardware beside the processor.</summary>
    public static string[] Accelerators => [.. Offered.Where(name => name is not (Cpu or Azure))];

    /// <summary>Whether a name is the processor's.</summary>
    public static bool IsCpu(string name) => Full(name).Equals(Cpu, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many threads may run a session with them at once: one with DirectML, as its maker says.</summary>
    public static int MaxRuns(IReadOnlyList<string> names) => names.Contains(DirectML) ? 1 : int.MaxValue;

    /// <summary>The name without its ending, by which ONNX Runtime's options call some.</summary>
    public static string Short(string name) => name[..^Ending.Length];

    /// <summary>The full name of what the loaded native library offers.</summary>
    /// <exception cref="NotSupportedException">It does not offer it.</exception>
    public static string Find(string name)
    {
        string full = Full(name);
        return Array.Find(Offered, offered => offered.Equals(full, StringComparison.OrdinalIgnoreCase)) ?? throw new NotSupportedException(
            $"The options ask for the execution provider '{name}', but the native library of ONNX Runtime that is loaded offers {string.Join(", ", Offered)}. " +
            (Packages.TryGetValue(full, out string? package)
                ? $"{full} comes with {package}: reference that in the application in place of Microsoft.ML.OnnxRuntime, or leave the provider out."
                : $"Known ones are {string.Join(", ", Packages.Keys)}. Reference a package that has it, or leave it out."));
    }

    private static string Full(string name) => name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name : name + Ending;
}
