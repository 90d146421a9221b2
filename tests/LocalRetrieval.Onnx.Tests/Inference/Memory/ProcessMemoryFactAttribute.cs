namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

/// <summary>A fact about what the process takes of memory.</summary>
internal sealed class ProcessMemoryFactAttribute : FactAttribute
{
    public ProcessMemoryFactAttribute() => Skip = ProcessMemory.IsKnown ? null : "The system does not tell what is no file's.";
}
