namespace LocalRetrieval.Documents.Parsing;

/// <summary>Turns a page so that text of a direction runs from left to right.</summary>
internal static class Turning
{
    /// <summary>Where a point comes to lie.</summary>
    /// <param name="x">Its x.</param>
    /// <param name="y">Its y.</param>
    /// <param name="direction">Where the text runs, in degrees against the clock from left to right.</param>
    public static (double X, double Y) Turn(double x, double y, int direction)
    {
        switch (direction)
        {
            case 0:
                return (x, y);
            case 90:
                return (y, -x);
            case 180:
                return (-x, -y);
            case 270:
                return (-y, x);
            default:
                (double sine, double cosine) = Math.SinCos(direction * Math.PI / 180);
                return ((x * cosine) + (y * sine), (y * cosine) - (x * sine));
        }
    }
}
