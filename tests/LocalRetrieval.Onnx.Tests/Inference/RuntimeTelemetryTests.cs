using System.Runtime.InteropServices;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class RuntimeTelemetryTests
{
    [UnixFact]
    public void Load_Model_ToldTheRuntimeToReportNothing()
    {
        using OnnxBackend backend = OnnxBackend.Load(Path.Combine(TestModels.Tiny("bert-cls-prompt"), "onnx", "model.onnx"), new OnnxBackendSettings([OutputKind.HiddenStates], PadTokenId: 0));

        // What native code sees, which is not what .NET says.
        Assert.Equal("1", Marshal.PtrToStringUTF8(GetVariable("ORT_DISABLE_TELEMETRY\0"u8.ToArray())));
    }

    [DllImport("libc", EntryPoint = "getenv")]
    private static extern nint GetVariable(byte[] name);
}
