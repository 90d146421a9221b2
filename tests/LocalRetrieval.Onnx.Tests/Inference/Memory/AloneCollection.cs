namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

/// <summary>Tests of what the whole process takes: no others run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
