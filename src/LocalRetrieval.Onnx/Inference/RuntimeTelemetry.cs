using System.Runtime.InteropServices;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>Keeps ONNX Runtime from reporting to its maker which models run: what is local stays local.</summary>
internal static partial class RuntimeTelemetry
{
    /// <summary>Its own switch, which it reads once, when the first session of the process is made.</summary>
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> SwitchedOff = new(SwitchOff);

    /// <summary>Switches it off for the process; in vain where another library has made a session before.</summary>
    /// <remarks>A value that the variable has already stays: <c>0</c> lets it report.</remarks>
    public static void Disable() => _ = SwitchedOff.Value;

    private static bool SwitchOff()
    {
        // There it writes events to the system's tracing, and sends nothing itself.
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            // Environment.SetEnvironmentVariable changes .NET's copy of the variables, which native code does not see.
            return SetVariable(Variable, "1", overwrite: 0) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A platform without a C library of this name has no such way.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
