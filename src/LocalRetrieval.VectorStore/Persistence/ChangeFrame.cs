using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>How the frame of a change begins: with room for its header, and the kind.</summary>
internal static class ChangeFrame
{
    public static void Begin(ByteWriter frame, ChangeKind kind)
    {
        frame.Clear();
        frame.Skip(LogFormat.FrameHeaderLength);
        frame.WriteByte((byte)kind);
    }
}
