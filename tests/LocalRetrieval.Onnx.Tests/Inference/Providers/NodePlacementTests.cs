using LocalRetrieval.Onnx.Inference.Providers;

namespace LocalRetrieval.Onnx.Tests.Inference.Providers;

public sealed class NodePlacementTests
{
    [Fact]
    public void Count_Profile_HasEachNodeOnceByItsProvider()
    {
        ReadOnlyMemory<byte> profile = """
            [
              {"cat": "Session", "name": "model_loading_uri", "args": {}},
              {"cat": "Node", "name": "MatMul_1_fence_before", "args": {"op_name": "MatMul"}},
              {"cat": "Node", "name": "MatMul_1_kernel_time", "args": {"op_name": "MatMul", "provider": "CUDAExecutionProvider"}},
              {"cat": "Node", "name": "MatMul_1_kernel_time", "args": {"op_name": "MatMul", "provider": "CUDAExecutionProvider"}},
              {"cat": "Node", "name": "MatMul_2_kernel_time", "args": {"op_name": "MatMul", "provider": "CUDAExecutionProvider"}},
              {"cat": "Node", "name": "Shape_1_kernel_time", "args": {"op_name": "Shape", "provider": "CPUExecutionProvider"}},
              {"cat": "Node", "name": "Loop_1_kernel_time", "args": {"op_name": "Loop"}}
            ]
            """u8.ToArray();

        Dictionary<string, int> counts = NodePlacement.Count(profile);

        Assert.Equal(new Dictionary<string, int> { ["CUDAExecutionProvider"] = 2, ["CPUExecutionProvider"] = 1 }, counts);
    }
}
