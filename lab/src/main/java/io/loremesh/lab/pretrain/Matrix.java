package io.loremesh.lab.pretrain;

import java.util.Random;

/** A small dense matrix, row by row: just what writing initial weights needs. Immutable by convention. */
record Matrix(int rows, int columns, float[] values) {

    Matrix {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(
                    "A " + rows + " x " + columns + " matrix cannot hold " + values.length + " values");
        }
    }

    /** Independent normal entries. */
    static Matrix normal(int rows, int columns, double deviation, Random random) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Matrix(rows, columns, values);
    }

    /** Random orthonormal columns (rows at least columns): modified Gram-Schmidt on normal columns. */
    static Matrix orthonormal(int rows, int columns, Random random) {
        double[][] basis = new double[columns][rows];
        for (int column = 0; column < columns; column++) {
            double[] vector = basis[column];
            for (int i = 0; i < rows; i++) {
                vector[i] = random.nextGaussian();
            }
            for (int earlier = 0; earlier < column; earlier++) {
                double along = dot(vector, basis[earlier]);
                for (int i = 0; i < rows; i++) {
                    vector[i] -= along * basis[earlier][i];
                }
            }
            double norm = Math.sqrt(dot(vector, vector));
            for (int i = 0; i < rows; i++) {
                vector[i] /= norm;
            }
        }
        float[] values = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int column = 0; column < columns; column++) {
                values[i * columns + column] = (float) basis[column][i];
            }
        }
        return new Matrix(rows, columns, values);
    }

    Matrix times(Matrix right) {
        float[] product = new float[rows * right.columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                float left = values[i * columns + k];
                for (int j = 0; j < right.columns; j++) {
                    product[i * right.columns + j] += left * right.values[k * right.columns + j];
                }
            }
        }
        return new Matrix(rows, right.columns, product);
    }

    Matrix times(double factor) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = (float) (values[i] * factor);
        }
        return new Matrix(rows, columns, scaled);
    }

    Matrix plus(Matrix other) {
        float[] sum = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            sum[i] = values[i] + other.values[i];
        }
        return new Matrix(rows, columns, sum);
    }

    Matrix transposed() {
        float[] turned = new float[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = values[i * columns + j];
            }
        }
        return new Matrix(columns, rows, turned);
    }

    /** Columns {@code from} to {@code to}, exclusive. */
    Matrix columns(int from, int to) {
        float[] part = new float[rows * (to - from)];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * columns + from, part, i * (to - from), to - from);
        }
        return new Matrix(rows, to - from, part);
    }

    /** A copy in which {@code block} replaces the rows that begin at {@code row}. */
    Matrix withRows(int row, Matrix block) {
        float[] copy = values.clone();
        System.arraycopy(block.values, 0, copy, row * columns, block.values.length);
        return new Matrix(rows, columns, copy);
    }

    /** A copy in which {@code block} replaces the columns that begin at {@code column}. */
    Matrix withColumns(int column, Matrix block) {
        float[] copy = values.clone();
        for (int i = 0; i < rows; i++) {
            System.arraycopy(block.values, i * block.columns, copy, i * columns + column, block.columns);
        }
        return new Matrix(rows, columns, copy);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
