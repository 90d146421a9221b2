using System.Collections.ObjectModel;

namespace LocalRetrieval;

/// <summary>Hardware, or a library for it, that ONNX Runtime may run a graph's nodes with.</summary>
/// <remarks>Immutable and safe for concurrent use, where the options are not changed.</remarks>
public sealed record ExecutionProvider
{
    /// <summary>The processor, which runs every graph and is always there; named last, it takes what others do not.</summary>
    public static ExecutionProvider Cpu { get; } = new() { Name = "CPUExecutionProvider" };

    /// <summary>Those that the loaded native library offers, best first; where none can be used the processor, and the log says why. It stands alone.</summary>
    public static ExecutionProvider Auto { get; } = new() { Name = "Auto" };

    /// <summary>Its name in ONNX Runtime, with or without <c>ExecutionProvider</c> at the end: <c>CUDAExecutionProvider</c> or <c>CUDA</c>; upper and lower case are one.</summary>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public required string Name
    {
        get;
        init => field = Encoders.OptionValue.NotBlank(value, nameof(Name)) ?? throw new ArgumentNullException(nameof(Name));
    }

    /// <summary>Its options by their names in ONNX Runtime, for instance <c>device_id</c>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, string> Options { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether every node of the graph must be run by the providers that are asked for: otherwise the processor takes what they cannot, which <see cref="EncoderInfo.ExecutionProviders"/> counts.</summary>
    /// <value>The default is false: nearly every graph has nodes, such as those of shapes, that are better left to the processor.</value>
    public bool RequiresEveryNode { get; init; }

    /// <summary>Whether it stands for what there is.</summary>
    internal bool IsAuto => Name.Equals(Auto.Name, StringComparison.OrdinalIgnoreCase);
}
